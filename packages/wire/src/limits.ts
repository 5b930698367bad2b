/** What wire bears of a request before it answers that the request is malformed. */
export const wireLimits = {
  /** Parameters of a Query request. */
  formParametersCount: 10_000,
  /** Dots in a Query parameter's name, and levels of a JSON body that its model follows. */
  nestingDepth: 100,
  /** Characters of a value without a length of its own in the model that a pattern is tried on. */
  patternInputCharacters: 10_000,
  /** Broken constraints told in one answer. */
  constraintErrorsCount: 100,
};
