package io.harmony4j;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.List;

/**
 * What a system message says about channels.
 *
 * @param validChannels the channels that the model may write to; nothing is said about channels if there are none
 * @param channelRequired whether every message of the model must name its channel
 */
public record ChannelConfig(List<Channel> validChannels, boolean channelRequired) {
    public ChannelConfig {
        validChannels = WellFormed.copy(validChannels, "validChannels");
    }

    /** Returns the rule that every message must be on one of the given channels. */
    public static ChannelConfig require(Channel... validChannels) {
        return new ChannelConfig(Arrays.asList(requireNonNull(validChannels, "validChannels")), true);
    }
}
