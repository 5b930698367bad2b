import Link, { type LinkProps } from "@cloudscape-design/components/link";
import type { ReactNode } from "react";
import { hrefOf, useFollow } from "../app/follow.ts";

interface PageLinkProps extends Pick<LinkProps, "variant" | "fontSize" | "ariaLabel"> {
  /** One of `paths`. */
  readonly to: string;
  readonly children: ReactNode;
}

/** A link to a page of the console; a middle click opens a tab. */
export function PageLink({ to, children, ...rest }: PageLinkProps) {
  return (
    <Link href={hrefOf(to)} onFollow={useFollow()} {...rest}>
      {children}
    </Link>
  );
}
