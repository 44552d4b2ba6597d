package io.harmony4j.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RowShapeTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "chat              # [{'role':'user','content':'a'}]",
                "chat              # []",
                "prompt-completion # {'prompt':'a','completion':'b'}",
                "prompt-completion # {'messages':[],'prompt':[],'completion':[]}",
                "harmony           # {'messages':[{'role':'user','content':'a'},{'role':'assistant','channel':'final','content':'b'}]}",
                "harmony           # {'messages':[{'role':'assistant','recipient':'functions.f','content':'{}'}],'final':'x'}",
                "harmony           # {'messages':[{'role':'system','content':[{'type':'system_content'}]}]}",
                "harmony           # {'messages':[{'role':'developer','content':[{'type':'developer_content'}]}]}",
                "hf-thinking       # {'messages':[],'analysis':'a','user':'u','final':'f'}",
                "hf-thinking       # {'messages':[],'analysis':null,'final':'f'}",
                "chat              # {'messages':[{'role':'user','content':'a','channel':null}]}",
                "chat              # {'messages':[],'conversations':[],'prompt':'p'}",
                "chat              # {'messages':'x'}",
                "sharegpt          # {'conversations':[],'instruction':'i','output':'o'}",
                "sharegpt          # {'conversation':[]}",
                "alpaca            # {'instruction':'i','output':'o','input':'x','text':'t'}",
                "alpaca            # {'instruction':'i','output':'o','user':'u','final':'f'}",
                "hf-thinking       # {'user':'u','final':'f','input':'x'}",
                "responses         # {'input':'x','text':'t'}",
                "responses         # {'items':[],'instruction':'i'}",
                "text              # {'text':'t','instruction':'i'}",
                // null is a column of other rows, and a shape only if nothing else is
                "sharegpt          # {'messages':null,'conversations':[]}",
                "text              # {'prompt':null,'completion':null,'text':'t'}",
                "chat              # {'messages':null}",
                "hf-thinking       # {'user':'u','final':null}",
            })
    void firstThatFitsIsTheShape(String word, String row) {
        assertThat(RowShape.detect(Rows.json(row)).wireName()).isEqualTo(word);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "{'question':'q','answer':'a'} # but found \"question\", \"answer\"",
                "{'prompt':'p','chosen':'a','rejected':'b'} # but found \"prompt\", \"chosen\", \"rejected\"",
                "{} # but found none",
                "7 # expected an object or a list of messages but found 7",
                "null # expected an object or a list of messages but found null",
            })
    void unknownShapeNamesTheKeys(String row, String reason) {
        assertThatThrownBy(() -> RowShape.detect(Rows.json(row)))
                .isInstanceOfSatisfying(
                        RowException.class, e -> assertThat(e.pointer()).isEmpty())
                .hasMessageContaining(reason);
    }

    @Test
    void manyKeysAreCutShort() {
        StringBuilder row = new StringBuilder("{");
        for (int i = 0; i < 30; i++) {
            row.append(i == 0 ? "" : ",").append("'k").append(i).append("':1");
        }
        assertThatThrownBy(() -> Rows.read(row + "}")).hasMessageEndingWith("\"k19\" and 10 more");
    }

    @ParameterizedTest
    @EnumSource
    void wordIsFoundAgain(RowShape shape) {
        assertThat(RowShape.find(shape.wireName())).contains(shape);
        assertThat(RowShape.find(shape.name())).isEmpty();
    }
}
