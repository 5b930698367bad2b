/** What wire bears of a request before it answers that the request is malformed. */
export const wireLimits = {
  /** Parameters of a Query request. */
  formParametersCount: 10_000,
  /** Dots in a Query parameter's name, and levels of a JSON body that its model follows. */
  nestingDepth: 100,
  /** Characters of a value that a pattern is tried on: the longest that any model allows (IAM's certificate chains). */
  patternInputCharacters: 2_097_152,
  /** Broken constraints told in one answer. */
  constraintErrorsCount: 100,
};
