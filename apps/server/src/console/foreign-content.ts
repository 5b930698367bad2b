/**
 * On every answer that is not the console's: what functions return and what is kept here is other people's content, and may not run
 * as a page of the console's origin.
 */
export const foreignContentHeaders: Readonly<Record<string, string>> = {
  "content-security-policy": "sandbox",
  "x-content-type-options": "nosniff",
};
