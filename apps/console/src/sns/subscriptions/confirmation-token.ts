/** The token in a confirmation's link; a token as it is. */
export const tokenOf = (text: string): string => /[?&]Token=([^&\s]+)/.exec(text)?.[1] ?? text.trim();
