package io.harmony4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoleTest {
    @Test
    void rolesHaveTheWordsOfTheFormatInItsOrder() {
        assertThat(Role.values())
                .extracting(Role::wireName)
                .containsExactly("user", "assistant", "system", "developer", "tool");
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void aRoleIsFoundByItsWord(Role role) {
        assertThat(Role.of(role.wireName())).isSameAs(role);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "User", "USER", " user", "user ", "function", "functions.f"})
    void otherWordsAreNoRoles(String word) {
        assertThat(Role.find(word)).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Role.of(word))
                .withMessage("expected a role (user, assistant, system, developer, tool) but found \"" + word + "\"");
    }
}
