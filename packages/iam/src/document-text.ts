/** A policy document as IAM's answers hold it: percent-encoded by RFC 3986. */
export const encodeDocument = (text: string): string =>
  encodeURIComponent(text).replaceAll(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
