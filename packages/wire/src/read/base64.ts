/** Whether a text holds base64's characters alone; line breaks are let through. One pass, whatever the text. */
export const isBase64 = (text: string): boolean => !/[^A-Za-z0-9+/=\s]/.test(text);
