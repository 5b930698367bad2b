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
  roles: {
    title: "Roles",
    content: (
      <>
        <p>
          A role is an identity with permissions and without a password. Whoever its trust policy names can assume it for a time: a
          function, another service, a user of an account.
        </p>
        <h3>Execution roles</h3>
        <p>A function runs as its execution role. What the policies of that role do not allow, the code can&apos;t do.</p>
        <h3>Deleting</h3>
        <p>Functions that use a deleted role fail from then on. Managed policies stay; inline policies go with the role.</p>
      </>
    ),
  },
  role: {
    title: "Role",
    content: (
      <>
        <h3>Permissions</h3>
        <p>
          A <strong>managed policy</strong> stands by itself and can be attached to many roles and users. An <strong>inline policy</strong>{" "}
          belongs to this role alone. Something is allowed if one of them allows it and none denies it.
        </p>
        <p>
          A <strong>permissions boundary</strong> allows nothing by itself. It is the most that the role can ever do: what it does not
          allow, no policy can give.
        </p>
        <h3>Trust relationships</h3>
        <p>The trust policy names who may assume the role. Without the principal lambda.amazonaws.com no function can use it.</p>
        <h3>Used by</h3>
        <p>The functions that run as this role now.</p>
      </>
    ),
  },
  "create-role": {
    title: "Create role",
    content: (
      <>
        <h3>Trusted entity</h3>
        <p>
          <strong>AWS service</strong> lets a service act with the role; for a function choose Lambda. <strong>AWS account</strong> lets
          users and roles of an account assume it. <strong>Custom trust policy</strong> is for everything else.
        </p>
        <p>
          An external ID is a word that a third party has to give when it assumes the role for you, so that nobody else can make it do so.
        </p>
        <h3>Permissions</h3>
        <p>
          Choose a policy&apos;s name to see what it allows. To write logs, a function&apos;s role needs AWSLambdaBasicExecutionRole or its
          like.
        </p>
        <h3>If something fails</h3>
        <p>What was made up to then is taken back, and the form keeps what you typed.</p>
      </>
    ),
  },
};
