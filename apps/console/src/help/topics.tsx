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
  "create-function": {
    title: "Create function",
    content: (
      <>
        <p>
          <strong>Author from scratch</strong> makes a function with a few lines of code to begin with. <strong>Use a blueprint</strong>{" "}
          makes one that does something already, with an event to try it.
        </p>
        <h3>Runtime</h3>
        <p>
          The list holds what this machine can run. Where it has a newer version of a language than the one that is chosen, the newer one
          runs the code; the note under the field says so.
        </p>
        <h3>Execution role</h3>
        <p>
          The function has the permissions of its role, and no others. A new role with basic permissions can write the function&apos;s logs.
          A role that exists already must let Lambda take it on.
        </p>
        <h3>If something fails</h3>
        <p>What was made up to then is taken back, and the form keeps what you typed.</p>
      </>
    ),
  },
};
