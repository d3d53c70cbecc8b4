import { Dropzone } from '@mantine/dropzone';
import { IconPhotoPlus } from '@tabler/icons-react';
import classes from './drop-area.module.css';

export interface DropAreaProps {
  compact: boolean;
  onFiles(files: File[]): void;
}

/** Takes every file: what cannot be read is explained in its own row rather than dropped silently. */
export function DropArea({ compact, onFiles }: DropAreaProps) {
  return (
    <Dropzone
      onDrop={onFiles}
      className={classes.area}
      data-compact={compact || undefined}
      aria-label="Choose X-ray images, or drop them here"
      inputProps={{
        'aria-label': 'X-ray images',
        accept: '.dcm,.dicom,.jpg,.jpeg,.png,application/dicom,image/jpeg,image/png',
      }}
      multiple
    >
      <div className={classes.inner}>
        <IconPhotoPlus size={compact ? 24 : 40} stroke={1.4} aria-hidden className={classes.icon} />
        <div>
          <div className={classes.title}>
            {compact ? 'Add more X-rays' : 'Drop X-rays here, or choose files'}
          </div>
          <div className={classes.text}>
            DICOM, JPEG or PNG, also whole folders, up to 50 MB each, at least 120 pixels on the shorter side
          </div>
        </div>
      </div>
    </Dropzone>
  );
}
