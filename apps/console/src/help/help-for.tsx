import HelpPanel from "@cloudscape-design/components/help-panel";
import { helpTopics } from "./topics.tsx";

/** The help panel's content for a topic. */
export function HelpFor({ topic }: { readonly topic: string }) {
  const { title, content } = helpTopics[topic] ?? helpTopics["about"] ?? { title: "Mayfly", content: null };
  return <HelpPanel header={<h2>{title}</h2>}>{content}</HelpPanel>;
}
