/** Elements by keyword (PS3.6), as the writer takes them; a sequence is a list of them. */
export type Elements = { [keyword: string]: string | number | ArrayBuffer[] | string[] | Elements[] };
