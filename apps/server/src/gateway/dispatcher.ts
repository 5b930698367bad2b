import {
  Fault,
  newUuid,
  type Authorizer,
  type BoundOperation,
  type CallAs,
  type CredentialFacts,
  type Identity,
  type MayCall,
  type RequestContext,
  type Service,
  type ServiceCall,
  type WhenGone,
} from "@mayfly/kernel";

/** What a context needs to know of the request behind it, beyond who and where. */
interface RequestFacts extends CredentialFacts {
  readonly requestId: string;
  readonly sourceIp: string;
  readonly userAgent: string;
  readonly secureTransport: boolean;
  readonly traceHeader?: string;
  readonly endpoint: string;
  readonly whenGone?: WhenGone;
}

/** Finds services and makes the contexts in which their operations run. */
export interface Dispatcher {
  readonly service: (name: string) => Service | undefined;
  readonly context: (identity: Identity, facts: RequestFacts) => RequestContext;
  readonly callAs: CallAs;
  readonly mayCall: MayCall;
}

/**
 * @param services by name; read at each call, so that services may be added while the server is put together
 * @param endpoint this server's own address, for contexts that no request stands behind
 */
export function createDispatcher(services: ReadonlyMap<string, Service>, authorizer: Authorizer, endpoint: () => string): Dispatcher {
  const found = (service: string, operation: string): BoundOperation => {
    const bound = services.get(service)?.operation(operation);
    if (bound !== undefined) return bound;
    throw new Fault("UnknownOperationException", `${service}:${operation} is not an operation of this server.`, { status: 404 });
  };

  const call =
    (ctx: () => RequestContext): ServiceCall =>
    async (service, operation, input) => {
      const bound = found(service, operation);
      const callerContext = ctx();
      await bound.authorize(callerContext, input);
      return (await bound.run(callerContext, input)) as never;
    };

  const context = (identity: Identity, facts: RequestFacts): RequestContext => {
    const ctx: RequestContext = {
      ...facts,
      ...identity,
      call: call(() => ctx),
      authorize: (request) => authorizer.authorize(ctx, request),
    };
    return ctx;
  };

  const internalContext = (identity: Identity): RequestContext =>
    context(identity, {
      requestId: newUuid(),
      sourceIp: "127.0.0.1",
      userAgent: "mayfly.internal",
      secureTransport: false,
      endpoint: endpoint(),
    });

  return {
    service: (name) => services.get(name),
    context,
    callAs: (identity) => (service, operation, input) => internalContext(identity).call(service, operation, input),
    mayCall: (identity) => async (service, operation, input) => found(service, operation).authorize(internalContext(identity), input),
  };
}
