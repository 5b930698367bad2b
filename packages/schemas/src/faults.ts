import { Fault } from "@mayfly/kernel";

/** HTTP 400 */
export const badRequest = (message: string): Fault => new Fault("BadRequestException", message);
/** HTTP 409 */
export const conflict = (message: string): Fault => new Fault("ConflictException", message);
/** HTTP 404 */
export const notFound = (message: string): Fault => new Fault("NotFoundException", message);
/** HTTP 403 */
export const forbidden = (message: string): Fault => new Fault("ForbiddenException", message);
