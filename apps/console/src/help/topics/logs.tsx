import type { HelpTopic } from "../help-topic.ts";

/** The pages of logs. */
export const logTopics: Readonly<Record<string, HelpTopic>> = {
  "log-groups": {
    title: "Log groups",
    content: (
      <>
        <p>
          A log group holds what one function, or whatever writes to it, has logged; each environment of a function writes a log stream of
          its own. Lines are kept until the group&apos;s retention ends, or for ever.
        </p>
      </>
    ),
  },
  "log-events": {
    title: "Log events",
    content: (
      <>
        <p>Lines of the group or stream, by time. Click one to open it; JSON is shown over several lines.</p>
        <h3>Filter pattern</h3>
        <dl>
          <dt>ERROR Timeout</dt>
          <dd>lines with both words</dd>
          <dt>?ERROR ?WARN</dt>
          <dd>lines with either</dd>
          <dt>{'ERROR -"Exit"'}</dt>
          <dd>with the first, without the second</dd>
          <dt>{'{ $.level = "error" && $.ms > 100 }'}</dt>
          <dd>JSON lines by their values</dd>
        </dl>
      </>
    ),
  },
  "live-tail": {
    title: "Live Tail",
    content: (
      <>
        <p>Lines of up to ten log groups as they are written. Highlight terms marks words; a filter pattern leaves lines out.</p>
        <p>
          The page keeps the last 5,000 lines. Pause looks at them while further ones are counted. Of a second with more than 500 matching
          lines a sample is shown; a filter pattern makes them fewer.
        </p>
      </>
    ),
  },
};
