/** The key of a function's code session in the cache of answers. */
export const codeSessionKey = (functionName: string): readonly unknown[] => ["code-session", functionName];
