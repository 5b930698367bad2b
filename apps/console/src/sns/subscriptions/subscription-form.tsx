import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import { useState, type ReactNode } from "react";
import { EquivalentCli } from "../../shared/equivalent-cli.tsx";
import { InfoLink } from "../../shared/info-link.tsx";
import { SaveForm } from "../../shared/save-form.tsx";
import { useDraft } from "../../shared/use-draft.ts";
import { subscriptionDeliveryExample } from "../form/delivery-policy.ts";
import { JsonPart } from "../form/json-part.tsx";
import { protocols } from "./protocols.ts";
import { isWeb, problemsOf, type SubscriptionDraft } from "./subscription-draft.ts";
import { DeadLetterFields, FilterFields, RawField, SubscriptionDetailsPart, type SubscriptionPartProps } from "./subscription-fields.tsx";

interface SubscriptionFormProps {
  readonly title: string;
  /** `Create subscription` */
  readonly action: string;
  readonly isNew: boolean;
  readonly initial: SubscriptionDraft;
  readonly commands: (draft: SubscriptionDraft) => readonly string[];
  /** What else is asked. */
  readonly extra?: (draft: SubscriptionDraft) => ReactNode;
  readonly save: (draft: SubscriptionDraft) => Promise<unknown>;
  readonly onCancel: () => void;
}

/** The form of a subscription, to make one or to change it. */
export function SubscriptionForm({ title, action, isNew, initial, commands, extra, save, onCancel }: SubscriptionFormProps) {
  const [draft, onChange] = useDraft(initial);
  const [isShown, setShown] = useState(false);
  const all = problemsOf(draft);
  const part: SubscriptionPartProps = {
    draft,
    problems: isShown ? all : {},
    onChange,
  };
  return (
    <SaveForm
      title={title}
      header={
        <Header variant="h1" info={<InfoLink topic="subscriptions" about="subscriptions" />}>
          {title}
        </Header>
      }
      action={action}
      isValid={Object.keys(all).length === 0}
      onInvalid={() => setShown(true)}
      save={() => save(draft)}
      failed="The subscription was not saved"
      onCancel={onCancel}
    >
      {isNew && <SubscriptionDetailsPart key="details" {...part} />}
      {!isNew && protocols[draft.protocol].canBeRaw && (
        <Container key="raw" header={<Header variant="h2">Details</Header>}>
          <RawField {...part} />
        </Container>
      )}
      {extra?.(draft)}
      <Container key="filter" header={<Header variant="h2">Subscription filter policy - optional</Header>}>
        <FilterFields {...part} />
      </Container>
      <Container key="dead" header={<Header variant="h2">Redrive policy (dead-letter queue) - optional</Header>}>
        <DeadLetterFields {...part} />
      </Container>
      {isWeb(draft) && (
        <JsonPart
          key="delivery"
          title="Delivery policy"
          description="How often and when a delivery is tried again. Without one the topic's counts."
          label="Delivery policy"
          value={draft.deliveryPolicy}
          problem={part.problems.deliveryPolicy}
          example={() => subscriptionDeliveryExample}
          onChange={(deliveryPolicy) => part.onChange({ deliveryPolicy })}
        />
      )}
      <EquivalentCli key="cli" commands={commands(draft)} />
    </SaveForm>
  );
}
