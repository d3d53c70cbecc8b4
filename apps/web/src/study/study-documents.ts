import { graphql } from '../gql';

graphql(`
  fragment StudyDetail on Study {
    ...StudyLine
    accessionNumber
    submittedBy {
      id
      name
    }
    withdrawal {
      at
      by {
        id
        name
      }
      reason
    }
    intendedUse {
      message
    }
    viewerCanRetry
    viewerCanWithdraw
    viewerCanReview
    reviews {
      id
      opinion
      finding {
        code
        name
      }
      comment
      isAddendum
      decision
      signedBy {
        id
        name
      }
      signedAt
    }
    images {
      id
      view
      readingState
      readingReason {
        code
        message
      }
      explanationState
      explanationReason {
        code
        message
      }
      width
      height
      address {
        url
        expiresAt
      }
      reading {
        id
        probability
        threshold
        decision
        operatingPoint
        type {
          bacterial
          viral
          says
        }
        lungs {
          outline {
            x
            y
          }
        }
        modelId
        engine
        createdAt
      }
      heatmap {
        id
        address {
          url
          expiresAt
        }
        createdAt
        method
        peak
        scaleTop
        presentation
        legend {
          colorMap
          stops {
            position
            color
          }
        }
      }
    }
  }
`);

export const studyQuery = graphql(`
  query Study($id: ID!) {
    study(id: $id) {
      ...StudyDetail
    }
  }
`);

export const studyChanged = graphql(`
  subscription StudyChanged($id: ID!) {
    studyChanged(id: $id) {
      ...StudyDetail
    }
  }
`);

export const retryStudy = graphql(`
  mutation RetryStudy($input: RetryStudyInput!) {
    retryStudy(input: $input) {
      __typename
      ... on RetryStudyPayload {
        study {
          ...StudyDetail
        }
      }
      ... on Error {
        message
      }
    }
  }
`);

export const withdrawStudy = graphql(`
  mutation WithdrawStudy($input: WithdrawStudyInput!) {
    withdrawStudy(input: $input) {
      __typename
      ... on WithdrawStudyPayload {
        study {
          ...StudyDetail
        }
      }
      ... on Error {
        message
      }
    }
  }
`);
