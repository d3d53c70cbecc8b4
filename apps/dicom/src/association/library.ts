import './console-muted.js';
import dcmjsDimse, { type association, type requests, type responses } from 'dcmjs-dimse';
import './console-back.js';

/** The library logs every association and command, AE titles and UIDs included, to the console: ours alone logs. */
dcmjsDimse.log.setLevel('silent');

export const { Client, Dataset, Scp } = dcmjsDimse;
export const { CEchoResponse, CStoreResponse } = dcmjsDimse.responses;
export const { CEchoRequest, CStoreRequest } = dcmjsDimse.requests;
export const { PresentationContext } = dcmjsDimse.association;

export type Association = association.Association;
export type Client = InstanceType<typeof dcmjsDimse.Client>;
export type PresentationContext = association.PresentationContext;
export type CEchoRequest = requests.CEchoRequest;
export type CStoreRequest = requests.CStoreRequest;
export type CEchoAnswer = responses.CEchoResponse;
export type CStoreAnswer = responses.CStoreResponse;
