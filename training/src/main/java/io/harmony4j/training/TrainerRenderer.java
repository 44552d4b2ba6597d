package io.harmony4j.training;

import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import io.harmony4j.renderer.ChatTemplate;
import io.harmony4j.renderer.LossMask;
import io.harmony4j.renderer.Rendering;
import io.harmony4j.renderer.TrainingSample;
import io.harmony4j.renderer.UnslothMask;
import io.harmony4j.tokenizer.Tokenizer;
import java.time.LocalDate;
import java.util.function.Function;

/** The sample that another trainer makes of a row: what the chat template writes for it, and what that trainer learns of that. Thread-safe. */
final class TrainerRenderer {
    private final ChatTemplate template;
    private final Function<Rendering, TrainingSample> mask;
    private final SampleOptions.Trainer trainer;

    TrainerRenderer(Tokenizer tokenizer, SampleOptions.Trainer trainer, LocalDate date) {
        this.template = new ChatTemplate(tokenizer, date);
        this.trainer = trainer;
        this.mask = switch (trainer) {
            case TRL -> LossMask.TRL::apply;
            case UNSLOTH -> UnslothMask.of(tokenizer)::apply;
        };
    }

    /** @throws RowException if the row is no chat, or the template cannot write it */
    TrainingSample sample(ImportedRow row) {
        if (row.shape() != RowShape.CHAT) {
            throw new RowException(
                    "",
                    "expected a row of the shape chat, which is what the chat template of " + trainer.wireName()
                            + " reads, but found one of the shape "
                            + row.shape().wireName());
        }
        JsonValue json = row.json();
        JsonValue chat = json.isArray() ? JsonObject.of("messages", json) : json;
        try {
            return mask.apply(template.renderingForTraining(chat.toString()));
        } catch (IllegalArgumentException e) {
            throw new RowException("", String.valueOf(e.getMessage()));
        }
    }
}
