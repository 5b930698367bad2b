import { extensionOf } from "../objects/entry.ts";

/** How an object's content is shown. */
export type PreviewKind =
  | { readonly kind: "text" }
  | { readonly kind: "json" }
  /** Shown as exactly this type, whatever its metadata says. */
  | { readonly kind: "image" | "audio" | "video"; readonly type: string };

/** What is read of an object to be shown, at most. Bytes. */
export const previewBytes = {
  text: 256 * 1024,
  json: 1024 * 1024,
  image: 20 * 1024 * 1024,
  audio: 100 * 1024 * 1024,
  video: 100 * 1024 * 1024,
} as const;

const images: Readonly<Record<string, string>> = {
  avif: "image/avif",
  bmp: "image/bmp",
  gif: "image/gif",
  ico: "image/x-icon",
  jpeg: "image/jpeg",
  jpg: "image/jpeg",
  png: "image/png",
  // In an image element it runs no script and fetches nothing.
  svg: "image/svg+xml",
  webp: "image/webp",
};
const imageTypes: ReadonlySet<string> = new Set(Object.values(images));

/** What browsers play, by extension. https://developer.mozilla.org/docs/Web/Media/Guides/Formats/Containers */
const media: Readonly<Record<string, string>> = {
  aac: "audio/aac",
  flac: "audio/flac",
  m4a: "audio/mp4",
  mp3: "audio/mpeg",
  mp4: "video/mp4",
  mov: "video/quicktime",
  oga: "audio/ogg",
  ogg: "audio/ogg",
  ogv: "video/ogg",
  opus: "audio/ogg",
  wav: "audio/wav",
  weba: "audio/webm",
  webm: "video/webm",
};
const mediaType = /^(audio|video)\/[\w.+-]+$/;

const texts = new Set(
  "c conf cpp cs css csv env go h htm html ini java js jsx kt log lua md mjs php properties py r rb rs sh sql toml ts tsv tsx txt xml yaml yml".split(
    " ",
  ),
);

/** How an object is shown, by its content type or else its name; undefined: not at all. */
export function previewKindOf(key: string, contentType = ""): PreviewKind | undefined {
  const type = contentType.split(";")[0]?.trim().toLowerCase() ?? "";
  const extension = extensionOf(key);
  if (imageTypes.has(type)) return { kind: "image", type };
  if (mediaType.test(type)) return mediaOf(type);
  if (type === "application/json" || type.endsWith("+json")) return { kind: "json" };
  if (type.startsWith("text/") || type === "application/xml") return { kind: "text" };
  // What nobody has said anything of is told by its name.
  if (!["", "application/octet-stream", "binary/octet-stream"].includes(type)) return undefined;
  const image = images[extension];
  if (image !== undefined) return { kind: "image", type: image };
  if (media[extension] !== undefined) return mediaOf(media[extension]);
  if (extension === "json") return { kind: "json" };
  return texts.has(extension) ? { kind: "text" } : undefined;
}

const mediaOf = (type: string): PreviewKind => ({ kind: type.startsWith("video/") ? "video" : "audio", type });
