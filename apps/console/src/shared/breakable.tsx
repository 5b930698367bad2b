import { Fragment } from "react";

const ends = /(?<=[:/._-])|(?<=[a-z])(?=[A-Z])/;

/** A name, path or ARN whose lines end between its parts where they can, and within one only where they must. */
export function Breakable({ text }: { readonly text: string }) {
  return (
    <span className="wrap-anywhere">
      {text.split(ends).map((part, index) => (
        <Fragment key={index}>
          {index > 0 && <wbr />}
          {part}
        </Fragment>
      ))}
    </span>
  );
}
