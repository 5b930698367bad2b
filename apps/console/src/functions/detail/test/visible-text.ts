// What terminals read as colours and the like.
const ansi = new RegExp(String.raw`\u001b\[[0-9;?]*[ -/]*[@-~]`, "g");
const controls = new RegExp(String.raw`[\u0000-\u0008\u000b-\u001f\u007f]`, "g");
// What turns the direction of text around, and so makes it read otherwise than it is.
const directions = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** The Unicode block that has a picture of each control character. */
const pictures = 0x2400;
const deletePicture = 0x2421;

function pictureOf(control: string): string {
  const code = control.codePointAt(0) ?? 0;
  return String.fromCodePoint(code === 0x7f ? deletePicture : pictures + code);
}

/** A text as it is shown: without colours of terminals; characters that can't be seen, or that hide others, as something that can be. */
export function visibleText(text: string): string {
  return text
    .replaceAll("\r\n", "\n")
    .replace(ansi, "")
    .replace(controls, pictureOf)
    .replace(directions, (mark) => `<U+${(mark.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}>`);
}
