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
