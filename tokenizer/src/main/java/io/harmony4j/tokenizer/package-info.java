/**
 * Text to token ids and back: o200k_base, and o200k_harmony, which adds the special tokens of the Harmony format.
 *
 * <p>{@link io.harmony4j.tokenizer.Tokenizer} is all that most callers need. {@link
 * io.harmony4j.tokenizer.AllowedSpecial} says which special tokens to recognise in a text; nothing else makes text into
 * one. {@link io.harmony4j.tokenizer.TokenBuffer} collects tokens of several texts; {@link
 * io.harmony4j.tokenizer.EncodedText} says where in a text its tokens start. For text that grows there is an {@link
 * io.harmony4j.tokenizer.IncrementalEncoder}, for tokens that come one by one a {@link
 * io.harmony4j.tokenizer.StreamingDecoder}.
 *
 * <p>Within, a text takes this way: {@code Utf8Text} makes well-formed UTF-8 of it; {@code SpecialTokenScanner} cuts at
 * special tokens, {@code PieceScanner} and {@code Pretokenizer} cut the rest into pieces
 * (docs/algorithms/pretokenizer.md); {@code PieceCache}, {@code SharedPieceCache} and {@code LongPieceCache} have the tokens of pieces encoded
 * before; another piece that is a token is found in {@code PieceTable}, any other is encoded by {@code PieceMerge}, which
 * has {@code ShortPieceMerge}, {@code WindowMerge} and {@code LongPieceMerge} for it (docs/algorithms/bpe.md).
 * {@code PieceEncoder} drives these, and docs/algorithms/speed.md has what they cost. Back, {@code TokenDecoder} joins
 * the bytes of tokens, which {@code Vocabulary} has, or copies their {@code TokenChars}. What calls work in is lent by a
 * {@code Pool}.
 * Around them, {@code Batch} shares many texts among threads, and {@code Budget} reads of a text what fits into a
 * number of tokens. What the tables are made from is in the decisions 002 and 003.
 */
@NullMarked
package io.harmony4j.tokenizer;

import org.jspecify.annotations.NullMarked;
