import type { ReactNode } from "react";

/** A page of the help panel. */
export interface HelpTopic {
  readonly title: string;
  readonly content: ReactNode;
}

/** The help panel's texts by topic. A page names its topic in `usePage`; an Info link opens one by `useShell().openHelp`. */
export const helpTopics: Readonly<Record<string, HelpTopic>> = {
  about: {
    title: "Mayfly",
    content: (
      <>
        <p>
          Mayfly runs functions on this machine as AWS Lambda runs them in the cloud: the same API, the same runtimes, in a sandbox, with
          the memory you choose, under an IAM role that limits them.
        </p>
        <p>All that this console does goes through the public API. What it shows, the aws CLI and every SDK show too.</p>
        <h3>Keys</h3>
        <dl>
          <dt>Ctrl+K</dt>
          <dd>Go to a function, page or setting</dd>
          <dt>Ctrl+S</dt>
          <dd>Save the draft of the code</dd>
          <dt>Ctrl+Shift+U</dt>
          <dd>Deploy</dd>
          <dt>Ctrl+Enter</dt>
          <dd>Deploy what changed, and test</dd>
        </dl>
      </>
    ),
  },
  functions: {
    title: "Functions",
    content: (
      <>
        <p>A function is your code and how it is to be run: runtime, handler, memory, timeout, role.</p>
        <p>The filter finds functions by name, runtime, package type, description, and by tags.</p>
      </>
    ),
  },
};
