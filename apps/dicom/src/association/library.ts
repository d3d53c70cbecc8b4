import dcmjsDimse, { type association, type requests, type responses } from 'dcmjs-dimse';

/** The library logs every association and command, AE titles and UIDs included, to the console: ours alone logs. */
dcmjsDimse.log.setLevel('silent');

export const { Dataset, Scp } = dcmjsDimse;
export const { CEchoResponse, CStoreResponse } = dcmjsDimse.responses;

export type Association = association.Association;
export type PresentationContext = association.PresentationContext;
export type CEchoRequest = requests.CEchoRequest;
export type CStoreRequest = requests.CStoreRequest;
export type CEchoAnswer = responses.CEchoResponse;
export type CStoreAnswer = responses.CStoreResponse;
