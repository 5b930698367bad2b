// SQS was a Query service before it spoke JSON and still serves both (`awsQueryCompatible`). botocore's model of today has lost what only
// Query needs: this gives it back, as botocore 1.29 (the last with the Query model) had it.
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-making-api-requests-xml.html

/** Of lists and maps, which are all flattened: the name of their items in a form and in XML; of maps also those of key and value. */
const itemNames = {
  AWSAccountIdList: ["AWSAccountId"],
  ActionNameList: ["ActionName"],
  AttributeNameList: ["AttributeName"],
  BatchResultErrorEntryList: ["BatchResultErrorEntry"],
  BinaryList: ["BinaryListValue"],
  ChangeMessageVisibilityBatchRequestEntryList: ["ChangeMessageVisibilityBatchRequestEntry"],
  ChangeMessageVisibilityBatchResultEntryList: ["ChangeMessageVisibilityBatchResultEntry"],
  DeleteMessageBatchRequestEntryList: ["DeleteMessageBatchRequestEntry"],
  DeleteMessageBatchResultEntryList: ["DeleteMessageBatchResultEntry"],
  ListMessageMoveTasksResultEntryList: ["ListMessageMoveTasksResultEntry"],
  MessageAttributeNameList: ["MessageAttributeName"],
  MessageBodyAttributeMap: ["MessageAttribute", "Name", "Value"],
  MessageBodySystemAttributeMap: ["MessageSystemAttribute", "Name", "Value"],
  MessageList: ["Message"],
  MessageSystemAttributeList: ["MessageSystemAttributeName"],
  MessageSystemAttributeMap: ["Attribute", "Name", "Value"],
  QueueAttributeMap: ["Attribute", "Name", "Value"],
  QueueUrlList: ["QueueUrl"],
  SendMessageBatchRequestEntryList: ["SendMessageBatchRequestEntry"],
  SendMessageBatchResultEntryList: ["SendMessageBatchResultEntry"],
  StringList: ["StringListValue"],
  TagKeyList: ["TagKey"],
  TagMap: ["Tag", "Key", "Value"],
};

const legacy = (name) => `AWS.SimpleQueueService.${name}`;

/** Codes, statuses and, where it is another, texts of errors in Query; clients of JSON are told the code in `x-amzn-query-error`. */
const queryErrors = {
  BatchEntryIdsNotDistinct: [legacy("BatchEntryIdsNotDistinct"), 400],
  BatchRequestTooLong: [legacy("BatchRequestTooLong"), 400],
  EmptyBatchRequest: [legacy("EmptyBatchRequest"), 400],
  InvalidAddress: ["InvalidAddress", 404],
  InvalidAttributeName: ["InvalidAttributeName", 400],
  InvalidAttributeValue: ["InvalidAttributeValue", 400],
  InvalidBatchEntryId: [legacy("InvalidBatchEntryId"), 400],
  InvalidIdFormat: ["InvalidIdFormat", 400],
  InvalidMessageContents: ["InvalidMessageContents", 400],
  InvalidSecurity: ["InvalidSecurity", 403],
  KmsAccessDenied: ["KMS.AccessDeniedException", 400],
  KmsDisabled: ["KMS.DisabledException", 400],
  KmsInvalidKeyUsage: ["KMS.InvalidKeyUsageException", 400],
  KmsInvalidState: ["KMS.InvalidStateException", 400],
  KmsNotFound: ["KMS.NotFoundException", 400],
  KmsOptInRequired: ["KMS.OptInRequired", 403],
  KmsThrottled: ["KMS.ThrottlingException", 400],
  MessageNotInflight: [legacy("MessageNotInflight"), 400],
  OverLimit: ["OverLimit", 403],
  PurgeQueueInProgress: [legacy("PurgeQueueInProgress"), 403],
  QueueDeletedRecently: [legacy("QueueDeletedRecently"), 400],
  QueueDoesNotExist: [legacy("NonExistentQueue"), 400, "The specified queue does not exist for this wsdl version."],
  QueueNameExists: ["QueueAlreadyExists", 400],
  ReceiptHandleIsInvalid: ["ReceiptHandleIsInvalid", 404],
  RequestThrottled: ["RequestThrottled", 403],
  ResourceNotFoundException: ["ResourceNotFoundException", 404],
  TooManyEntriesInBatchRequest: [legacy("TooManyEntriesInBatchRequest"), 400],
  UnsupportedOperation: [legacy("UnsupportedOperation"), 400],
};

/** The model with the names, the codes and the XML namespace of its Query form; any other model as it is. */
export function withQueryForm(model) {
  if (model.metadata.awsQueryCompatible === undefined) return model;
  const shapes = Object.fromEntries(Object.entries(model.shapes).map(([name, shape]) => [name, withFormNames(name, shape)]));
  return { ...model, metadata: { ...model.metadata, xmlNamespace: "http://queue.amazonaws.com/doc/2012-11-05/" }, shapes };
}

function withFormNames(name, shape) {
  const [, keyName, valueName] = itemNames[name] ?? [];
  const [code, httpStatusCode, message] = queryErrors[name] ?? [];
  const members = Object.entries(shape.members ?? {}).map(([member, reference]) => {
    const [queryName] = itemNames[reference.shape] ?? [];
    return [member, queryName === undefined ? reference : { ...reference, queryName }];
  });
  return {
    ...shape,
    ...(members.length > 0 && { members: Object.fromEntries(members) }),
    ...(keyName !== undefined && { key: { ...shape.key, queryName: keyName }, value: { ...shape.value, queryName: valueName } }),
    ...(code !== undefined && { queryError: { code, httpStatusCode, message } }),
  };
}
