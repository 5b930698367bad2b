import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Link from "@cloudscape-design/components/link";
import { useEffect, useMemo, useRef } from "react";
import { useNavigate } from "react-router";
import { hrefOf } from "../../../app/follow.ts";
import { paths } from "../../../app/paths.ts";
import { formatBytes } from "../../../shared/format.ts";
import { saveAs } from "../code/save-as.ts";
import { placeInLine } from "./stack-trace.ts";
import { visibleText } from "./visible-text.ts";
import "./log-lines.css";

interface LogLinesProps {
  readonly text: string;
  readonly functionName: string;
  readonly label: string;
  /** Keeps the end in view while lines come. */
  readonly follow?: boolean;
}

/** No more than this is drawn; the whole can be downloaded. */
const most = { lines: 2_000, characters: 200_000 };

/** Lines of a log or an answer; places in the function's code are links to the editor. */
export function LogLines({ text, functionName, label, follow = false }: LogLinesProps) {
  const { lines, cutBytes } = useMemo(() => shownLines(text), [text]);
  const box = useRef<HTMLPreElement>(null);
  useEffect(() => {
    if (follow) box.current?.scrollTo({ top: box.current.scrollHeight });
  }, [follow, lines]);
  return (
    <>
      <pre ref={box} className="log-lines" tabIndex={0} aria-label={label}>
        {lines.map((line, index) => (
          <LogLine key={index} line={line} functionName={functionName} />
        ))}
      </pre>
      {cutBytes !== undefined && (
        <Box color="text-body-secondary" fontSize="body-s">
          Only the beginning of {formatBytes(cutBytes)} is shown.{" "}
          <Button variant="inline-link" onClick={() => saveAs(`${functionName}.txt`, new TextEncoder().encode(text), "text/plain")}>
            Download all of it
          </Button>
        </Box>
      )}
    </>
  );
}

/** @returns `cutBytes`: the whole text's size, if not all of it is shown */
function shownLines(text: string): { readonly lines: readonly string[]; readonly cutBytes: number | undefined } {
  const lines = visibleText(text.slice(0, most.characters)).replace(/\n$/, "").split("\n");
  const isCut = text.length > most.characters || lines.length > most.lines;
  return { lines: lines.slice(0, most.lines), cutBytes: isCut ? new Blob([text]).size : undefined };
}

function LogLine({ line, functionName }: { readonly line: string; readonly functionName: string }) {
  const navigate = useNavigate();
  const place = placeInLine(line);
  if (!place) return <div>{line === "" ? "\u00a0" : line}</div>;
  const path = `${paths.function(functionName, "code")}?open=${encodeURIComponent(`${place.path}:${place.line}`)}`;
  return (
    <div>
      {line.slice(0, place.start)}
      <Link
        href={hrefOf(path)}
        fontSize="inherit"
        onFollow={(event) => {
          event.preventDefault();
          void navigate(path);
        }}
      >
        {line.slice(place.start, place.end)}
      </Link>
      {line.slice(place.end)}
    </div>
  );
}
