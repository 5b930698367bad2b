/** What Query calls the errors that all services share and that JSON names otherwise. */
export const queryCodes: Readonly<Record<string, string | undefined>> = {
  AccessDeniedException: "AccessDenied",
  ExpiredTokenException: "ExpiredToken",
  IncompleteSignatureException: "IncompleteSignature",
  InvalidSignatureException: "SignatureDoesNotMatch",
  MissingRequiredParameterException: "MissingParameter",
  MissingAuthenticationTokenException: "MissingAuthenticationToken",
  ThrottlingException: "Throttling",
  UnrecognizedClientException: "InvalidClientTokenId",
};
