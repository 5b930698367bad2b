import { keyOf, useAwsMutation } from "../../api/hooks.ts";
import { problemOf } from "../../api/problem.ts";
import { useFlash } from "../../app/flash.tsx";

/** What is to be confirmed. */
interface Unconfirmed {
  readonly TopicArn?: string | undefined;
  readonly Protocol?: string | undefined;
  readonly Endpoint?: string | undefined;
}

/** Has the endpoint of a subscription asked once more whether it agrees: Subscribe does that. */
export function useRequestConfirmation(): (subscription: Unconfirmed) => void {
  const flash = useFlash();
  const subscribe = useAwsMutation("sns", "Subscribe", [keyOf("sns")]);
  return ({ TopicArn = "", Protocol = "", Endpoint = "" }) =>
    subscribe.mutate(
      { TopicArn, Protocol, Endpoint },
      {
        onSuccess: () => flash.success("confirmation", `${Endpoint} was asked for its confirmation once more.`),
        onError: (error) => flash.error("confirmation", "The confirmation was not requested", problemOf(error)),
      },
    );
}
