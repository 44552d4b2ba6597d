/**
 * Chat models and a token count estimator of LangChain4j for gpt-oss.
 */
@NullMarked
package io.harmony4j.langchain4j;

import org.jspecify.annotations.NullMarked;
