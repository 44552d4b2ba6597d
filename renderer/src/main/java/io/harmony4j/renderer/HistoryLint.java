package io.harmony4j.renderer;

import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.renderer.ConversationLinter.Purpose;
import io.harmony4j.renderer.Finding.Code;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Findings in what is left of a conversation by the policy, and whether it serves its purpose. */
final class HistoryLint {
    private static final String BETTER_POLICY =
            "the policy since-last-final leaves out what a turn with its answer needs no more";

    private HistoryLint() {}

    static void check(Conversation conversation, AnalysisPolicy policy, Purpose purpose, Findings findings) {
        List<Message> messages = conversation.messages();
        Set<Integer> dropped = new HashSet<>(policy.dropped(conversation));
        analysis(messages, policy, dropped, findings);
        orphans(conversation, dropped, findings);
        end(messages, purpose, dropped, findings);
    }

    private static void analysis(
            List<Message> messages, AnalysisPolicy policy, Set<Integer> dropped, Findings findings) {
        int lastAnswer = AnalysisPolicy.SINCE_LAST_FINAL.end(messages);
        for (int i = 0; i < messages.size(); i++) {
            if (!AnalysisPolicy.isAnalysis(messages.get(i))) {
                continue;
            }
            String pointer = Findings.message(i);
            if (i > 0 && AnalysisPolicy.isAnswer(messages.get(i - 1)) && AnalysisPolicy.isAssistants(messages.get(i))) {
                findings.add(
                        i,
                        Code.ANALYSIS_AFTER_FINAL,
                        pointer,
                        "a thought follows the answer of its own turn",
                        "put it before the answer, or put the answer's first part on commentary");
            }
            if (dropped.contains(i)) {
                findings.add(
                        i,
                        Code.ANALYSIS_DROPPED,
                        pointer,
                        "the policy " + policy.wireName() + " leaves this message out",
                        "for training, keep-all; for prompts that is as it should be");
            } else if (policy == AnalysisPolicy.REFERENCE && i < lastAnswer) {
                findings.add(
                        i,
                        Code.OLD_ANALYSIS_KEPT,
                        pointer,
                        "the policy reference keeps this thought though its turn has its answer",
                        BETTER_POLICY);
            }
        }
    }

    private static void orphans(Conversation conversation, Set<Integer> dropped, Findings findings) {
        CallPairs pairs = CallPairs.of(conversation);
        for (int i = 0; i < conversation.messages().size(); i++) {
            Integer call = pairs.callOf(i);
            if (call != null && dropped.contains(call) && !dropped.contains(i)) {
                findings.add(
                        i,
                        Code.ORPHANED_BY_POLICY,
                        Findings.message(i),
                        "the policy leaves out the call of this result, and keeps the result",
                        "put the result on the channel of its call");
            }
        }
    }

    private static void end(List<Message> messages, Purpose purpose, Set<Integer> dropped, Findings findings) {
        int last = messages.size() - 1;
        switch (purpose) {
            case PROMPT -> {
                if (last >= 0 && AnalysisPolicy.isAssistants(messages.get(last))) {
                    findings.add(
                            last,
                            Code.ENDS_WITH_ASSISTANT,
                            Findings.message(last),
                            "the last message is the assistant's: the prompt asks it to go on by itself",
                            "add what the user or the tool says, or take the message away");
                }
            }
            case TRAINING -> {
                for (int i = 0; i <= last; i++) {
                    if (AnalysisPolicy.isAssistants(messages.get(i)) && !dropped.contains(i)) {
                        return;
                    }
                }
                findings.add(
                        Code.NOTHING_TO_LEARN,
                        "the assistant says nothing that is rendered",
                        "leave the sample out, or add an answer");
            }
        }
    }
}
