import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { keyOf } from "../../api/hooks.ts";
import { formatBytes } from "../../shared/format.ts";
import { Loaded } from "../../shared/loaded.tsx";
import { readStart } from "../object-request.ts";
import { previewBytes, previewKindOf, type PreviewKind } from "./preview-kind.ts";
import type { ShownObject } from "./shown-object.ts";
import "../s3.css";

/** An object's content, if it is of a kind that can be shown and not too large. */
export function Preview({ object }: { readonly object: ShownObject }) {
  const shown = previewKindOf(object.key, object.head.ContentType);
  const size = object.head.ContentLength ?? 0;
  if (shown === undefined)
    return (
      <Box color="text-body-secondary">There is no preview of {object.head.ContentType ?? "this type"}. Download the object to see it.</Box>
    );
  if (size === 0) return <Box color="text-body-secondary">The object is empty.</Box>;
  const isCut = size > previewBytes[shown.kind];
  if (isCut && shown.kind !== "text")
    return (
      <Box color="text-body-secondary">
        It is larger than {formatBytes(previewBytes[shown.kind])}, up to which there is a preview. Download the object to see it.
      </Box>
    );
  return (
    <SpaceBetween size="s">
      {isCut && (
        <Alert key="cut" type="info">
          The first {formatBytes(previewBytes.text)} of {formatBytes(size)}.
        </Alert>
      )}
      <Content key="content" object={object} shown={shown} />
    </SpaceBetween>
  );
}

function Content({ object, shown }: { readonly object: ShownObject; readonly shown: PreviewKind }) {
  const { bucket, key, versionId, head } = object;
  const query = useQuery({
    queryKey: [...keyOf("s3", "Preview", { bucket, key, versionId }), head.ETag],
    queryFn: async ({ signal }) => {
      const blob = await readStart(bucket, key, versionId, previewBytes[shown.kind], signal);
      // The type is ours, not the object's: of what is called an image nothing becomes a page.
      return "type" in shown ? new Blob([blob], { type: shown.type }) : blob.text();
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  return (
    <Loaded query={query}>
      {(content) => (
        <div className="object-preview" role="group" aria-label="Preview">
          {typeof content === "string" ? (
            <pre tabIndex={0}>{shown.kind === "json" ? pretty(content) : content}</pre>
          ) : (
            <Bytes content={content} name={key} kind={shown.kind} />
          )}
        </div>
      )}
    </Loaded>
  );
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

interface BytesProps {
  readonly content: Blob;
  readonly name: string;
  readonly kind: PreviewKind["kind"];
}

function Bytes({ content, name, kind }: BytesProps) {
  const [url, setUrl] = useState<string>();
  const [isBroken, setBroken] = useState(false);
  useEffect(() => {
    const made = URL.createObjectURL(content);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [content]);
  if (isBroken)
    return <Box color="text-body-secondary">The browser can&apos;t show what is in it as {kind}. Download the object to see it.</Box>;
  if (url === undefined) return null;
  const label = `Preview of ${name}`;
  const shown = { src: url, onError: () => setBroken(true) };
  // oxlint-disable-next-line jsx-a11y/media-has-caption -- whoever made it gave it none
  if (kind === "audio") return <audio {...shown} aria-label={label} controls />;
  // oxlint-disable-next-line jsx-a11y/media-has-caption -- the same
  if (kind === "video") return <video {...shown} aria-label={label} controls />;
  return <img {...shown} alt={label} />;
}
