package io.harmony4j.springai;

import io.harmony4j.backends.Backends;
import io.harmony4j.generation.TokenGenerator;
import io.micrometer.observation.ObservationRegistry;
import java.time.Clock;
import java.util.Objects;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.observation.ChatModelObservationConvention;
import org.springframework.ai.tokenizer.TokenCountEstimator;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * Makes a {@link HarmonySpringChatModel} and a {@link HarmonyTokenCountEstimator} in an application with Spring Boot 4.
 *
 * <pre>
 * harmony.backend=llama-server:http://127.0.0.1:8080
 * harmony.reasoning-effort=low
 * </pre>
 *
 * <p>Tokens come from the bean of the type {@link TokenGenerator}, if the application has one, or else from what {@code harmony.backend}
 * describes. With neither, there is no model; nor if {@code spring.ai.model.chat} names another than {@code harmony}. A {@link Clock},
 * an {@link ObservationRegistry} and a {@link ChatModelObservationConvention} are used if there are any.
 */
@AutoConfiguration
@ConditionalOnClass(ChatModel.class)
@ConditionalOnProperty(name = "spring.ai.model.chat", havingValue = "harmony", matchIfMissing = true)
@EnableConfigurationProperties(HarmonyProperties.class)
public class HarmonyAutoConfiguration {
    /** Makes an auto-configuration. */
    public HarmonyAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean(TokenGenerator.class)
    @ConditionalOnProperty("harmony.backend")
    TokenGenerator harmonyBackend(HarmonyProperties properties) {
        return Backends.of(Objects.requireNonNull(properties.backend()));
    }

    @Bean
    @ConditionalOnBean(TokenGenerator.class)
    @ConditionalOnMissingBean
    HarmonySpringChatModel harmonyChatModel(
            TokenGenerator generator,
            HarmonyProperties properties,
            ObjectProvider<ObservationRegistry> observations,
            ObjectProvider<ChatModelObservationConvention> convention,
            ObjectProvider<Clock> clock) {
        HarmonySpringChatModel model =
                new HarmonySpringChatModel(generator, observations.getIfUnique(() -> ObservationRegistry.NOOP));
        return model.withOptions(properties.over(model.getOptions()))
                .withObservationConvention(convention.getIfUnique(() -> HarmonySpringChatModel.DEFAULT_CONVENTION))
                .withClock(clock.getIfUnique(() -> HarmonySpringChatModel.SYSTEM_CLOCK));
    }

    @Bean
    @ConditionalOnBean(HarmonySpringChatModel.class)
    @ConditionalOnMissingBean(TokenCountEstimator.class)
    HarmonyTokenCountEstimator harmonyTokenCountEstimator(HarmonySpringChatModel model) {
        return new HarmonyTokenCountEstimator(model);
    }
}
