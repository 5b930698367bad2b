import type { HelpTopic } from "../help-topic.ts";

/** The pages of functions. */
export const functionTopics: Readonly<Record<string, HelpTopic>> = {
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
  code: {
    title: "Code",
    content: (
      <>
        <p>
          What you change is a <strong>draft</strong>: the server keeps it, and the function runs as before until you{" "}
          <strong>Deploy</strong>. Review changes shows the difference first.
        </p>
        <h3>Keys</h3>
        <dl>
          <dt>Ctrl+S</dt>
          <dd>Save the draft now; it is saved by itself, too</dd>
          <dt>Ctrl+Shift+U, Ctrl+Enter</dt>
          <dd>Deploy; deploy and test</dd>
          <dt>Ctrl+P, Ctrl+Shift+F</dt>
          <dd>Go to a file; find in all files</dd>
        </dl>
        <h3>Somebody else</h3>
        <p>
          If other code was deployed meanwhile, nothing is overwritten: look at the difference, then keep yours or take theirs. Deployments
          lists the last 20.
        </p>
        <h3>Large packages</h3>
        <p>A .zip file of up to 50 MB can be uploaded as it is. Compiled code is shown and not edited here.</p>
      </>
    ),
  },
  test: {
    title: "Test",
    content: (
      <>
        <p>
          Runs the function with the event below, with the permissions of its role. The log shows while it runs; what comes back is exactly
          what a caller would get.
        </p>
        <h3>Events</h3>
        <p>
          <strong>Private</strong> events are yours alone. <strong>Shareable</strong> ones are schemas in the EventBridge registry
          lambda-testevent-schemas, where other users and tools such as SAM find them; deleting the function leaves them there.
        </p>
        <h3>Response stream</h3>
        <p>
          A function that streams its answer (<code>awslambda.streamifyResponse</code>, or a custom runtime) is shown as it writes. Any
          other function can be called so, too: its answer comes in one piece.
        </p>
        <h3>Figures</h3>
        <p>
          <strong>Duration</strong> is the time in your code, <strong>billed duration</strong> the same in whole milliseconds,{" "}
          <strong>init duration</strong> what a new environment took to start.
        </p>
        <h3>Stop waiting</h3>
        <p>Lambda can&apos;t end an invocation: it goes on to its end or its timeout, and its log with it.</p>
      </>
    ),
  },
  "response-size": {
    title: "Large events and answers",
    content: (
      <>
        <p>
          An answer may have 6 MB as JSON, and so may an event; an event of an asynchronous invocation 1 MB. A longer answer is dropped
          after the function has run.
        </p>
        <h3>What to do instead</h3>
        <ul>
          <li>Return what the caller asks for: a page of the rows, some of the fields.</li>
          <li>Put the data where the caller can fetch it, and return where that is.</li>
          <li>Compress it, and return it as base64 text, which is a third longer than the bytes.</li>
        </ul>
      </>
    ),
  },
  monitor: {
    title: "Monitor",
    content: (
      <>
        <p>
          The charts are made of the REPORT lines in the function&apos;s log, so they reach back as far as its retention. Click an
          invocation to see its lines.
        </p>
        <p>
          With <b>Keep invocations</b> on, events and responses of the last day are kept, encrypted on this machine&apos;s disk. Each can be
          run again on any version or alias, with both results, logs and durations side by side: in this tab, or by{" "}
          <code>mayfly replay</code>.
        </p>
      </>
    ),
  },
  configuration: {
    title: "Configuration",
    content: (
      <>
        <p>
          Each section is shown first and edited on its own; the equivalent command of the aws CLI stands below the form. A change starts
          new environments; invocations under way end in the old ones.
        </p>
        <h3>Environment variables</h3>
        <p>Values are hidden until you show them. Anybody who may read the function&apos;s configuration may read them.</p>
        <h3>Asynchronous invocation</h3>
        <p>
          An event of a caller who does not wait is queued on disk, run, and run again up to twice if the function fails. When it is done,
          or given up, a <strong>destination</strong> is told of it: the event, and what came of it.
        </p>
        <h3>Concurrency</h3>
        <p>
          Reserved concurrency is both a promise and a limit: so many invocations at once are kept for this function, and never more run. 0
          stops it.
        </p>
      </>
    ),
  },
  layers: {
    title: "Layers",
    content: (
      <>
        <p>
          A layer is a .zip file that is laid into <code>/opt</code> of the functions that have it: libraries, data, an extension, a
          runtime. A version of it never changes; functions name the version.
        </p>
        <h3>Where things go</h3>
        <dl>
          <dt>Python</dt>
          <dd>
            <code>python/</code>
          </dd>
          <dt>Node.js</dt>
          <dd>
            <code>nodejs/node_modules/</code>
          </dd>
          <dt>Programs and shared libraries</dt>
          <dd>
            <code>bin/</code> and <code>lib/</code>
          </dd>
        </dl>
        <p>A function has up to five. Where two have the same file, the later one&apos;s is seen.</p>
        <h3>Other accounts</h3>
        <p>A version&apos;s policy says which other accounts may use it. Functions that have a layer keep it when it is deleted.</p>
      </>
    ),
  },
  "code-signing": {
    title: "Code signing",
    content: (
      <>
        <p>
          A configuration names the AWS Signer profiles whose signatures are trusted. A function that has one takes code that bears such a
          signature; the policy says what is done with other code.
        </p>
        <dl>
          <dt>Warn</dt>
          <dd>It is deployed, and the server says so.</dd>
          <dt>Enforce</dt>
          <dd>It is refused with CodeVerificationFailedException.</dd>
        </dl>
        <p>This server has no Signer, so that nothing here bears a valid signature: Enforce refuses every upload.</p>
      </>
    ),
  },
  versions: {
    title: "Versions",
    content: (
      <>
        <p>
          A version is a copy of the function&apos;s code and configuration that nobody can change. <strong>Publish new version</strong>{" "}
          makes one of what is deployed; if nothing has changed since the newest one, there is nothing to publish.
        </p>
        <p>
          Callers name a version after the function: <code>NAME:3</code>. Better, they call an alias, which you can let lead to another
          version.
        </p>
        <p>A version that an alias leads to can&apos;t be deleted.</p>
      </>
    ),
  },
  aliases: {
    title: "Aliases",
    content: (
      <>
        <p>
          An alias is a name for a version, such as <code>live</code>. Callers keep the name; to release, let it lead to another version.
        </p>
        <h3>Weighted routing</h3>
        <p>
          A second version can take a part of the traffic: of each hundred calls so many go there, by chance. The answer says which version
          ran. On the alias&apos;s page the traffic of the last hour stands beside what is configured.
        </p>
      </>
    ),
  },
  deployments: {
    title: "Deployments",
    content: (
      <>
        <p>
          Every package that the function has had, up to 20, whoever deployed it. <strong>Compare</strong> shows it beside what runs;{" "}
          <strong>Revert</strong> makes it the code again, as a deploy of its own. Settings are not part of it.
        </p>
      </>
    ),
  },
};
