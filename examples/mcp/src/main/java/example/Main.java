package example;

import io.harmony4j.Content;
import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.ToolDescription;
import io.harmony4j.chat.HarmonyModel;
import io.harmony4j.chat.ToolLoop;
import io.harmony4j.engine.Generator;
import io.harmony4j.engine.Model;
import io.harmony4j.mcp.McpTools;
import io.harmony4j.tokenizer.Tokenizer;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import java.time.Duration;

/** Asks a model a question for which it needs a tool of an MCP server. */
public final class Main {
    public static void main(String[] args) {
        System.out.println(answer(args.length > 0 ? args[0] : "What is 17 * 23?"));
    }

    static String answer(String question) {
        // Calculator is a server in a process of its own; any other goes in the same way: builder("npx").args("-y", "…")
        ServerParameters server = ServerParameters.builder(System.getProperty("java.home") + "/bin/java")
                .args("-cp", System.getProperty("java.class.path"), "example.Calculator")
                .build();
        try (McpSyncClient client = McpClient.sync(new StdioClientTransport(server, McpJsonDefaults.getMapper()))
                        .initializationTimeout(Duration.ofSeconds(60))
                        .requestTimeout(Duration.ofSeconds(60))
                        .build();
                Model weights = Model.tiny()) {
            HarmonyModel model = new HarmonyModel(Tokenizer.o200kHarmony(), new Generator(weights));
            ToolDescription[] tools = McpTools.describe(client).toArray(ToolDescription[]::new);
            Conversation conversation = Conversation.of(
                    Message.system(Content.System.DEFAULT),
                    Message.developer(Content.developer("You are a helpful assistant.", tools)),
                    Message.user(question));
            return McpTools.add(new ToolLoop(model), client)
                    .run(conversation, event -> {})
                    .answer()
                    .orElse("(no answer)");
        }
    }
}
