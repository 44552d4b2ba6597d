package example;

import io.harmony4j.engine.BatchGenerator;
import io.harmony4j.engine.Model;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/** Asks for the weather. Tokens come from what HARMONY_BACKEND describes, or else from the model in the box. */
@SpringBootApplication
public class Main {
    public static void main(String[] args) {
        SpringApplication.run(Main.class, args).close();
    }

    @Bean
    @ConditionalOnProperty(name = "harmony.backend", havingValue = "tiny", matchIfMissing = true)
    BatchGenerator tiny() {
        return new BatchGenerator(Model.tiny());
    }

    @Bean
    CommandLineRunner question(ChatModel model) {
        return args -> System.out.println(ChatClient.create(model)
                .prompt()
                .system("You are a helpful assistant.")
                .user("What is the weather in Tokyo?")
                .tools(new WeatherTools())
                .call()
                .content());
    }

    static class WeatherTools {
        record Report(String weather) {}

        @Tool(name = "get_weather", description = "Returns the weather of a city.")
        Report weather(String city) {
            System.out.println("The model asks for the weather in " + city + ".");
            return new Report("20 degrees and sunny");
        }
    }
}
