import { graphql } from '../gql';

/** What a line about a study shows; `updatedAt` and ids keep all pages on the same, newest copy. */
export const studyLine = graphql(`
  fragment StudyLine on Study {
    id
    patientReference
    patientAgeMonths
    priority
    createdAt
    updatedAt
    readingState
    readingReason {
      code
      message
    }
    explanationState
    reviewState
    claim {
      by {
        id
        name
      }
      until
      viewerHolds
    }
    intendedUse {
      withinRange
    }
    cautions {
      code
      message
    }
    withdrawal {
      at
    }
    site {
      id
      name
      viewerSeesImages
    }
    images {
      id
      reading {
        id
        probability
        threshold
        decision
        claims {
          coverage
          says
        }
        cautions {
          code
          message
        }
      }
    }
  }
`);

export const viewerQuery = graphql(`
  query Viewer {
    viewer {
      readsAudit
      person {
        id
        name
      }
      organization {
        id
        name
      }
      sites {
        id
        name
        viewerCanSubmit
        viewerCanAdministrate
        refusesOutOfRangeAge
      }
    }
  }
`);
