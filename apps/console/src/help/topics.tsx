import type { HelpTopic } from "./help-topic.ts";
import { consoleTopics } from "./topics/console.tsx";
import { functionTopics } from "./topics/functions.tsx";
import { iamTopics } from "./topics/iam.tsx";
import { logTopics } from "./topics/logs.tsx";
import { queueTopics } from "./topics/queues.tsx";
import { bucketTopics } from "./topics/buckets.tsx";
import { snsTopics } from "./topics/sns.tsx";

/** The help panel's texts by topic. A page names its topic in `usePage`; an Info link opens one by `useShell().openHelp`. */
export const helpTopics: Readonly<Record<string, HelpTopic>> = {
  ...consoleTopics,
  ...functionTopics,
  ...bucketTopics,
  ...queueTopics,
  ...snsTopics,
  ...logTopics,
  ...iamTopics,
};
