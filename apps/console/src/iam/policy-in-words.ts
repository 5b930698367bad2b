/** What an action does to a resource, as IAM's own access levels group it. */
export type AccessLevel = "list" | "read" | "write" | "permissions" | "tagging" | "all";

/** One line of what a policy says about one service. */
export interface Grant {
  readonly effect: "Allow" | "Deny";
  /** The action's prefix, `logs`; `*` for every service. */
  readonly service: string;
  /** True: the actions named are the ones that the statement leaves out. */
  readonly except: boolean;
  readonly actionsByLevel: ReadonlyMap<AccessLevel, readonly string[]>;
  readonly resources: readonly string[];
  /** True: the resources named are the ones that the statement leaves out. */
  readonly exceptResources: boolean;
  /** The statement holds only under conditions. */
  readonly conditional: boolean;
}

interface Statement {
  readonly Effect?: unknown;
  readonly Action?: unknown;
  readonly NotAction?: unknown;
  readonly Resource?: unknown;
  readonly NotResource?: unknown;
  readonly Condition?: unknown;
}

/** What a policy document grants and denies, a line for each statement and service. A text that is no policy says nothing. */
export function grantsOf(document: string): Grant[] {
  return statementsOf(document).flatMap((statement) => {
    const { Effect, Action, NotAction, Resource, NotResource, Condition } = statement;
    if (Effect !== "Allow" && Effect !== "Deny") return [];
    const common: Omit<Grant, "service" | "actionsByLevel"> = {
      effect: Effect,
      except: Action === undefined,
      resources: textsOf(Resource ?? NotResource),
      exceptResources: Resource === undefined && NotResource !== undefined,
      conditional: Condition !== undefined,
    };
    const byService = Map.groupBy(textsOf(Action ?? NotAction), (action) => serviceOf(action));
    return [...byService].map(([service, actions]) => ({
      ...common,
      service,
      actionsByLevel: Map.groupBy(actions.map(nameOf), levelOf),
    }));
  });
}

/** More names than this are counted instead. */
const mostNamed = 4;

/** A line of a policy as a sentence: `Allows logs: write (PutLogEvents) on all resources.` */
export function grantInWords({ effect, service, except, actionsByLevel, resources, exceptResources, conditional }: Grant): string {
  const actions = [...actionsByLevel]
    .map(([level, names]) => (level === "all" ? "every action" : `${level} (${named(names, "actions")})`))
    .join(", ");
  const what = service === "*" ? actions : `${service}: ${actions}`;
  const where = resources.includes("*") ? "all resources" : named(resources, "resources");
  return [
    effect === "Allow" ? "Allows" : "Denies",
    except ? `everything except ${what}` : what,
    resources.length > 0 && `on ${exceptResources ? `everything except ${where}` : where}`,
    conditional && "under conditions",
  ]
    .filter((part) => part !== false)
    .join(" ")
    .concat(".");
}

const named = (names: readonly string[], noun: string): string => (names.length > mostNamed ? `${names.length} ${noun}` : names.join(", "));

/** An action's access level, told by its name: AWS names actions by what they do. A pattern's first word decides. */
export function levelOf(action: string): AccessLevel {
  if (action.startsWith("*")) return "all";
  if (/^(Tag|Untag)/i.test(action)) return "tagging";
  if (/Policy$|Permission|^PassRole$|^AddPermission/i.test(action) && !/^(Get|List|Describe)/i.test(action)) return "permissions";
  if (/^List/i.test(action)) return "list";
  if (/^(Get|Describe|BatchGet|Query|Scan|Filter|Search|Lookup|Receive|View)/i.test(action)) return "read";
  return "write";
}

function statementsOf(document: string): Statement[] {
  try {
    const { Statement } = JSON.parse(document) as { Statement?: unknown };
    const list: unknown[] = Array.isArray(Statement) ? Statement : [Statement];
    return list.filter((item): item is Statement => typeof item === "object" && item !== null);
  } catch {
    return [];
  }
}

const textsOf = (value: unknown): string[] =>
  (Array.isArray(value) ? (value as unknown[]) : [value]).filter((item): item is string => typeof item === "string");

const serviceOf = (action: string): string => (action.includes(":") ? action.slice(0, action.indexOf(":")).toLowerCase() : "*");

const nameOf = (action: string): string => action.slice(action.indexOf(":") + 1);
