import Link from "@cloudscape-design/components/link";
import { useShell } from "../app/page.tsx";

/** Opens the help panel at a topic of help/topics.tsx. */
export function InfoLink({
  topic,
  about,
}: {
  readonly topic: string;
  /** What it explains, for screen readers. */ readonly about: string;
}) {
  const { openHelp } = useShell();
  return (
    <Link variant="info" ariaLabel={`Info about ${about}`} onFollow={() => openHelp(topic)}>
      Info
    </Link>
  );
}
