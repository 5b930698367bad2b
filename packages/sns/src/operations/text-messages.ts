import type { OperationTable } from "@mayfly/kernel";
import { invalidParameter, notSupported } from "../faults.ts";
import { onAccount } from "../iam-rules.ts";
import type { SnsResources } from "../resources.ts";
import { isPhoneNumber } from "../subscriptions/endpoints.ts";

type Name =
  | "CheckIfPhoneNumberIsOptedOut"
  | "CreateSMSSandboxPhoneNumber"
  | "DeleteSMSSandboxPhoneNumber"
  | "GetSMSAttributes"
  | "GetSMSSandboxAccountStatus"
  | "ListOriginationNumbers"
  | "ListPhoneNumbersOptedOut"
  | "ListSMSSandboxPhoneNumbers"
  | "OptInPhoneNumber"
  | "SetSMSAttributes"
  | "VerifySMSSandboxPhoneNumber";

/** @throws Fault InvalidParameter */
function checkNumber(text: string): void {
  if (!isPhoneNumber(text)) throw invalidParameter(`PhoneNumber Reason: ${text} is not a valid phone number`);
}

const refusal = (operation: Name) => (): never => {
  throw notSupported(operation);
};

/**
 * What is asked about text messages, of an account that has sent none and has no numbers: Mayfly sends none. What would set something up is refused.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-mobile-phone-number-as-subscriber.html
 */
export const textMessages: Required<Pick<OperationTable<"sns", SnsResources>, Name>> = {
  CheckIfPhoneNumberIsOptedOut: {
    iam: onAccount("SNS:CheckIfPhoneNumberIsOptedOut"),
    run(_resources, _ctx, { phoneNumber }) {
      checkNumber(phoneNumber);
      return { isOptedOut: false };
    },
  },
  CreateSMSSandboxPhoneNumber: {
    iam: onAccount("SNS:CreateSMSSandboxPhoneNumber"),
    run: refusal("CreateSMSSandboxPhoneNumber"),
  },
  DeleteSMSSandboxPhoneNumber: {
    iam: onAccount("SNS:DeleteSMSSandboxPhoneNumber"),
    run: refusal("DeleteSMSSandboxPhoneNumber"),
  },
  GetSMSAttributes: { iam: onAccount("SNS:GetSMSAttributes"), run: () => ({ attributes: {} }) },
  GetSMSSandboxAccountStatus: { iam: onAccount("SNS:GetSMSSandboxAccountStatus"), run: () => ({ IsInSandbox: true }) },
  ListOriginationNumbers: { iam: onAccount("SNS:ListOriginationNumbers"), run: () => ({ PhoneNumbers: [] }) },
  ListPhoneNumbersOptedOut: { iam: onAccount("SNS:ListPhoneNumbersOptedOut"), run: () => ({ phoneNumbers: [] }) },
  ListSMSSandboxPhoneNumbers: { iam: onAccount("SNS:ListSMSSandboxPhoneNumbers"), run: () => ({ PhoneNumbers: [] }) },
  OptInPhoneNumber: {
    iam: onAccount("SNS:OptInPhoneNumber"),
    run(_resources, _ctx, { phoneNumber }) {
      checkNumber(phoneNumber);
      return {};
    },
  },
  SetSMSAttributes: { iam: onAccount("SNS:SetSMSAttributes"), run: refusal("SetSMSAttributes") },
  VerifySMSSandboxPhoneNumber: {
    iam: onAccount("SNS:VerifySMSSandboxPhoneNumber"),
    run: refusal("VerifySMSSandboxPhoneNumber"),
  },
};
