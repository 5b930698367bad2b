import { DestinationsView } from "../destinations/destinations-view.tsx";
import { FunctionUrlEdit } from "../function-url/url-form.tsx";
import { FunctionUrlView } from "../function-url/url-view.tsx";
import { TriggersView } from "../triggers/triggers-view.tsx";
import { AsynchronousEdit, AsynchronousView } from "./asynchronous.tsx";
import { CodeSigningEdit, CodeSigningView } from "./code-signing.tsx";
import { ConcurrencyEdit, ConcurrencyView } from "./concurrency.tsx";
import { EnvironmentEdit } from "./environment-edit.tsx";
import { EnvironmentView } from "./environment-view.tsx";
import { GeneralEdit } from "./general-edit.tsx";
import { GeneralView } from "./general-view.tsx";
import { MonitoringEdit, MonitoringView } from "./monitoring.tsx";
import { PermissionsEdit } from "./permissions-edit.tsx";
import { PermissionsView } from "./permissions.tsx";
import { RuntimeEdit, RuntimeView } from "./runtime-settings.tsx";
import type { ConfigurationSection } from "./section.ts";
import { TagsEdit, TagsView } from "./tags.tsx";

/** The rail, in AWS's order. */
export const sections: readonly ConfigurationSection[] = [
  { id: "general", label: "General configuration", View: GeneralView, Edit: GeneralEdit },
  { id: "runtime", label: "Runtime settings", View: RuntimeView, Edit: RuntimeEdit },
  { id: "triggers", label: "Triggers", View: TriggersView, of: "qualifier" },
  { id: "permissions", label: "Permissions", View: PermissionsView, Edit: PermissionsEdit },
  { id: "destinations", label: "Destinations", View: DestinationsView, of: "qualifier" },
  { id: "url", label: "Function URL", View: FunctionUrlView, Edit: FunctionUrlEdit, of: "qualifier" },
  { id: "environment", label: "Environment variables", View: EnvironmentView, Edit: EnvironmentEdit },
  { id: "tags", label: "Tags", View: TagsView, Edit: TagsEdit, of: "function" },
  { id: "vpc", label: "VPC", missing: "Functions run in sandboxes on this machine; there is no VPC to attach them to." },
  { id: "monitoring", label: "Monitoring and operations tools", View: MonitoringView, Edit: MonitoringEdit },
  { id: "concurrency", label: "Concurrency", View: ConcurrencyView, Edit: ConcurrencyEdit, of: "function" },
  { id: "asynchronous", label: "Asynchronous invocation", View: AsynchronousView, Edit: AsynchronousEdit, of: "qualifier" },
  { id: "code-signing", label: "Code signing", View: CodeSigningView, Edit: CodeSigningEdit, of: "function" },
  {
    id: "file-systems",
    label: "File systems",
    missing: "EFS and S3 file systems can't be mounted. /tmp is sized under General configuration.",
  },
];
