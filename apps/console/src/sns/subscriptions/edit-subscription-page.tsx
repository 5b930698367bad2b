import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate, useParams } from "react-router";
import { keyOf } from "../../api/hooks.ts";
import { send } from "../../api/send.ts";
import { useFlash } from "../../app/flash.tsx";
import { usePage } from "../../app/page.tsx";
import { paths } from "../../app/paths.ts";
import { cliCommand } from "../../shared/equivalent-cli.tsx";
import { Loaded } from "../../shared/loaded.tsx";
import { changesOf, draftOf, type SubscriptionDraft } from "./subscription-draft.ts";
import { SubscriptionForm } from "./subscription-form.tsx";
import { subscriptionIdOf, useSubscription } from "./subscription.ts";

/** Changes a subscription. */
export function EditSubscriptionPage() {
  const { subscriptionArn = "" } = useParams();
  const id = subscriptionIdOf(subscriptionArn);
  usePage({
    title: `Edit ${id}`,
    help: "subscriptions",
    contentType: "form",
    breadcrumbs: [
      { text: "Simple Notification Service", href: paths.topics },
      { text: "Subscriptions", href: paths.subscriptions },
      { text: id, href: paths.subscription(subscriptionArn) },
      { text: "Edit", href: paths.editSubscription(subscriptionArn) },
    ],
  });
  const query = useSubscription(subscriptionArn);
  return (
    <Loaded query={query} subject={`subscription ${id}`}>
      {(attributes) => <Edit arn={subscriptionArn} before={draftOf(attributes)} />}
    </Loaded>
  );
}

function Edit({ arn, before: now }: { readonly arn: string; readonly before: SubscriptionDraft }) {
  // What others change meanwhile is not taken back.
  const [before] = useState(now);
  const navigate = useNavigate();
  const flash = useFlash();
  const cache = useQueryClient();
  const save = async (draft: SubscriptionDraft): Promise<void> => {
    try {
      for (const [AttributeName, AttributeValue] of changesOf(draft, before))
        await send("sns", "SetSubscriptionAttributes", { SubscriptionArn: arn, AttributeName, AttributeValue });
    } finally {
      // The first of several may be set when the next one is refused.
      await cache.invalidateQueries({ queryKey: keyOf("sns") });
    }
    flash.success("subscription", `Successfully updated the subscription ${subscriptionIdOf(arn)}.`);
    void navigate(paths.subscription(arn));
  };
  return (
    <SubscriptionForm
      title={`Edit ${subscriptionIdOf(arn)}`}
      action="Save changes"
      isNew={false}
      initial={before}
      commands={(draft) =>
        changesOf(draft, before).map(([name, value]) =>
          cliCommand("sns", "set-subscription-attributes", { "subscription-arn": arn, "attribute-name": name, "attribute-value": value }),
        )
      }
      save={save}
      onCancel={() => void navigate(paths.subscription(arn))}
    />
  );
}
