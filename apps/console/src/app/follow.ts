import { useCallback } from "react";
import { useNavigate } from "react-router";

interface FollowDetail {
  readonly href?: string | undefined;
  readonly external?: boolean | undefined;
}

/** For `onFollow` of Cloudscape's components: a plain click stays in the page, a middle click opens a tab as any link does. */
export function useFollow(): (event: CustomEvent<FollowDetail>) => void {
  const navigate = useNavigate();
  return useCallback(
    (event) => {
      const { href, external } = event.detail;
      if (href === undefined || external || !href.startsWith("/console")) return;
      event.preventDefault();
      void navigate(href.slice("/console".length) || "/");
    },
    [navigate],
  );
}

/** `href` of a page's path, for components that render links. */
export const hrefOf = (path: string): string => `/console${path}`;
