package io.harmony4j.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.Recipient;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AnswerRulesTest {

    /** The empty string would end every answer at once, half a character would cut one in two. */
    @Test
    void stopStringsThatNoTextContainsAreLeftOut() {
        AnswerRules rules = Scripted.stop("", "a", "\ud83e", "x\udd84", "\ud83e\udd84");

        assertThat(rules.stop()).containsExactly("a", "\ud83e\udd84");
    }

    @Test
    void onlyDeclaredNamespacesAreNamespaces() {
        AnswerRules rules =
                new AnswerRules(false, false, false, List.of(), Set.of(), Set.of(), Set.of("crm", "crm.x"), Set.of());

        assertThat(rules.namespaceOf(Recipient.of("crm.find"))).contains("crm");
        assertThat(rules.namespaceOf(Recipient.of("crm.x.find"))).contains("crm.x");
        assertThat(rules.namespaceOf(Recipient.of("crm"))).isEmpty();
        assertThat(rules.namespaceOf(Recipient.of("crmx.find"))).isEmpty();
        assertThat(rules.namespaceOf(Recipient.function("find"))).isEmpty();
    }

    @Test
    void phasesAreWordsForChannels() {
        assertThat(Phase.find("commentary")).contains(Phase.COMMENTARY);
        assertThat(Phase.find("final_answer")).contains(Phase.FINAL_ANSWER);
        assertThat(Phase.find("final")).isEmpty();
        assertThat(Phase.COMMENTARY.channel().name()).isEqualTo("commentary");
        assertThat(Phase.FINAL_ANSWER.channel().name()).isEqualTo("final");
    }
}
