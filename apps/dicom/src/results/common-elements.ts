import { type InstanceContext, readInstanceContext } from '@lucency/dicom';
import type { Elements } from './elements.js';
import { dateOf, type ResultToSend } from './facts.js';

/** Texts are written in UTF-8, whatever the original's character set is. */
const utf8 = 'ISO_IR 192';
const maker = 'Lucency';
const maxMonthsInAge = 999;

/** What the original says of itself; null where the image came as no DICOM, or as one that nothing can refer to. */
export function contextOf({ source }: ResultToSend): InstanceContext | null {
  const context = source && readInstanceContext(source);
  return context?.ok ? context.value : null;
}

/** Modules of patient, study, equipment and SOP common (PS3.3, C.7.1 to C.7.5 and C.12.1), as every object has them. */
export function commonElements(result: ResultToSend, context: InstanceContext): Elements {
  const { outcome, study } = result;
  const [model, version] = outcome.kind === 'read' ? [outcome.model.id, outcome.model.version] : [maker, '1'];
  return {
    SpecificCharacterSet: utf8,
    PatientName: context.patientName ?? '',
    PatientID: context.patientId ?? '',
    ...(context.issuerOfPatientId && { IssuerOfPatientID: context.issuerOfPatientId }),
    PatientBirthDate: context.patientBirthDate ?? '',
    PatientSex: context.patientSex ?? '',
    ...(study.ageMonths !== null && { PatientAge: ageString(study.ageMonths) }),
    StudyInstanceUID: context.studyInstanceUid,
    StudyDate: context.studyDate ?? '',
    StudyTime: context.studyTime ?? '',
    StudyID: context.studyId ?? '',
    AccessionNumber: context.accessionNumber ?? study.accessionNumber ?? '',
    ReferringPhysicianName: context.referringPhysicianName ?? '',
    Manufacturer: maker,
    ManufacturerModelName: model.slice(0, 64),
    DeviceSerialNumber: maker,
    SoftwareVersions: version.slice(0, 64),
    ...(context.timezoneOffset && { TimezoneOffsetFromUTC: context.timezoneOffset }),
    ...contentDateTime(result, context),
  };
}

function contentDateTime(result: ResultToSend, context: InstanceContext): Elements {
  const { date, time } = localDateTime(dateOf(result), context.timezoneOffset ?? result.study.timeZone);
  return { ContentDate: date, ContentTime: time };
}

/**
 * An instant as PS3.5 writes dates and times: in the zone that the original names, else in the site's, as all times that
 * modalities write without a zone.
 * @param timeZone as IANA names it, or an offset such as +0100.
 */
export function localDateTime(instant: Date, timeZone: string): { date: string; time: string } {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: timeZone.replace(/^([+-]\d\d)(\d\d)$/, '$1:$2'),
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(instant);
  const part = (name: string) => parts.find(({ type }) => type === name)?.value ?? '';
  return {
    date: part('year').padStart(4, '0') + part('month') + part('day'),
    time: part('hour') + part('minute') + part('second'),
  };
}

function ageString(months: number): string {
  return months <= maxMonthsInAge
    ? `${String(months).padStart(3, '0')}M`
    : `${String(Math.floor(months / 12)).padStart(3, '0')}Y`;
}
