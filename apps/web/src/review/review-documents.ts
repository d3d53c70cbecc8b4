import { graphql } from '../gql';

export const signReview = graphql(`
  mutation SignReview($input: SignReviewInput!) {
    signReview(input: $input) {
      __typename
      ... on SignReviewPayload {
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

export const claimStudy = graphql(`
  mutation ClaimStudy($input: ClaimStudyInput!) {
    claimStudy(input: $input) {
      __typename
      ... on ClaimStudyPayload {
        study {
          ...StudyLine
        }
      }
      ... on Error {
        message
      }
    }
  }
`);

export const releaseStudy = graphql(`
  mutation ReleaseStudy($input: ReleaseStudyInput!) {
    releaseStudy(input: $input) {
      __typename
      ... on ReleaseStudyPayload {
        study {
          ...StudyLine
        }
      }
    }
  }
`);

export const nextToReview = graphql(`
  query NextToReview {
    studies(
      first: 5
      orderBy: MOST_URGENT_FIRST
      filter: { reviewStates: [NONE], readingStates: [CLASSIFIED, REFUSED, FAILED, NOT_READ] }
    ) {
      edges {
        node {
          id
          viewerCanReview
        }
      }
    }
  }
`);
