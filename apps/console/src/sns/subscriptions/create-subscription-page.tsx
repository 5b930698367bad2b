import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate, useSearchParams } from "react-router";
import { keyOf } from "../../api/hooks.ts";
import { send } from "../../api/send.ts";
import { useFlash } from "../../app/flash.tsx";
import { usePage } from "../../app/page.tsx";
import { paths } from "../../app/paths.ts";
import { topicNameOf } from "../topic-facts.ts";
import { needsPermission, permissionCommand, permit } from "./endpoint-permission.ts";
import { PermissionField } from "./permission-field.tsx";
import { protocols } from "./protocols.ts";
import { subscribeCommand } from "./subscribe-command.ts";
import { creationOf, newSubscription, type SubscriptionDraft } from "./subscription-draft.ts";
import { SubscriptionForm } from "./subscription-form.tsx";

/** Makes a subscription, and on consent has a function or queue let the topic in. */
export function CreateSubscriptionPage() {
  const [search] = useSearchParams();
  const topic = search.get("topic") ?? "";
  const queue = search.get("queue") ?? "";
  usePage({
    title: "Create subscription",
    help: "subscriptions",
    contentType: "form",
    breadcrumbs: [
      { text: "Simple Notification Service", href: paths.topics },
      { text: "Subscriptions", href: paths.subscriptions },
      { text: "Create subscription", href: paths.createSubscription({ ...(topic && { topic }), ...(queue && { queue }) }) },
    ],
  });
  const [isConsented, setConsented] = useState(true);
  const navigate = useNavigate();
  const flash = useFlash();
  const cache = useQueryClient();
  const grants = ({ protocol }: SubscriptionDraft): boolean => isConsented && needsPermission(protocol);
  const save = async (draft: SubscriptionDraft): Promise<void> => {
    const { topicArn, protocol, endpoint } = draft;
    if (grants(draft)) await permit(topicArn, protocol, endpoint);
    const { SubscriptionArn = "" } = await send("sns", "Subscribe", creationOf(draft));
    await Promise.all((["sns", "lambda", "sqs"] as const).map((service) => cache.invalidateQueries({ queryKey: keyOf(service) })));
    flash.success("subscription", `Created a subscription to ${topicNameOf(topicArn)}.${nextText(draft, grants(draft))}`);
    void navigate(paths.subscription(SubscriptionArn));
  };
  return (
    <SubscriptionForm
      title="Create subscription"
      action="Create subscription"
      isNew
      initial={{ ...newSubscription(topic), ...(queue && { protocol: "sqs", endpoint: queue }) }}
      commands={(draft) => [
        ...(grants(draft) ? [permissionCommand(draft.topicArn, draft.protocol, draft.endpoint)] : []),
        subscribeCommand(creationOf(draft)),
      ]}
      extra={({ topicArn, protocol }) =>
        needsPermission(protocol) && (
          <Container key="permission" header={<Header variant="h2">Permission</Header>}>
            <PermissionField topicArn={topicArn} protocol={protocol} consent={isConsented} onConsent={setConsented} />
          </Container>
        )
      }
      save={save}
      onCancel={() => void navigate(topic === "" ? paths.subscriptions : paths.topic(topicNameOf(topic)))}
    />
  );
}

function nextText({ protocol }: SubscriptionDraft, isPermitted: boolean): string {
  if (protocols[protocol].isConfirmed) return " It waits for its confirmation.";
  return isPermitted ? ` The ${protocol === "lambda" ? "function's" : "queue's"} policy lets the topic in.` : "";
}
