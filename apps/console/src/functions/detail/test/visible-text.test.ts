import { expect, test } from "vitest";
import { visibleText } from "./visible-text.ts";

test.each([
  ["a\tb\r\nc\n", "a\tb\nc\n"],
  ["\u001b[31mred\u001b[0m", "red"],
  ["bell \u0007 null \u0000 delete \u007f escape \u001b", "bell ␇ null ␀ delete ␡ escape ␛"],
  ["10 %\r20 %", "10 %␍20 %"],
  ["evil\u202Egpj.exe", "evil<U+202E>gpj.exe"],
  ["Grüße 你好 👋", "Grüße 你好 👋"],
])("%j", (text, visible) => expect(visibleText(text)).toBe(visible));
